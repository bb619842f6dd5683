import sys
secret = 7
for line in ["3", "9", "x", "7"]:
    try:
        guess = int(line)
    except ValueError:
        print("not a number:", line, file=sys.stderr)
        continue
    if guess < secret:
        print("Too low")
    elif guess > secret:
        print("Too high")
    else:
        print("Right!")
        break
name = input("Name? ")
