try:
    raise ExceptionGroup("many", [ValueError("a"), TypeError("b"), KeyError("c")])
except* ValueError as g: print("values", g.exceptions)
except* (TypeError, KeyError) as g: print("others", len(g.exceptions))
e = ValueError("noted"); e.add_note("a note"); 
raise e
