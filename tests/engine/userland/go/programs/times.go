package main

import (
	"fmt"
	"time"
)

func main() {
	t := time.Date(2024, time.February, 29, 23, 5, 9, 123456789, time.UTC)
	fmt.Println(t)
	for _, layout := range []string{time.RFC3339, time.RFC3339Nano, time.RFC1123, time.Kitchen, time.DateOnly, "Jan 2, 2006 at 3:04pm (MST)", "02/01/06 15:04:05.000", time.ANSIC} {
		fmt.Println(t.Format(layout))
	}
	fmt.Println(t.Year(), t.Month(), t.Day(), t.Weekday(), t.YearDay(), t.Unix(), t.UnixMilli())
	u := t.Add(36 * time.Hour)
	fmt.Println(u.Sub(t), u.After(t), t.AddDate(1, 0, 0).Format(time.DateOnly), t.Truncate(time.Hour).Format(time.TimeOnly))
	for _, d := range []time.Duration{0, 999, 1500 * time.Microsecond, 90 * time.Second, 25*time.Hour + 3*time.Minute, -2 * time.Second} {
		fmt.Println(d, d.Seconds())
	}
	for _, in := range []string{"1h30m", "250ms", "2", "abc", "1.5s"} {
		d, err := time.ParseDuration(in)
		fmt.Println(d, err)
	}
	p, err := time.Parse(time.RFC3339, "2023-10-05T14:30:00+02:00")
	fmt.Println(p.UTC(), err)
	_, err = time.Parse(time.DateOnly, "yesterday")
	fmt.Println(err)
	var zero time.Time
	fmt.Println(zero.IsZero(), zero)
	start := time.Now()
	time.Sleep(20 * time.Millisecond)
	fmt.Println(time.Since(start) >= 20*time.Millisecond, time.Since(start) < 2*time.Second)
}
