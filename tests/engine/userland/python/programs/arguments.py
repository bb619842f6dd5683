import argparse
p = argparse.ArgumentParser(prog="tool", description="A small tool.")
p.add_argument("name", help="who to greet")
p.add_argument("-n", "--count", type=int, default=1, help="how often")
p.add_argument("-v", "--verbose", action="store_true")
p.add_argument("--mode", choices=["fast", "slow"], default="fast")
print(p.parse_args(["bob", "-n", "3", "-v"])); print(p.parse_args(["x", "--count=2", "--mode", "slow"]))
p.print_usage()
p.parse_args(["bob", "--count", "x"])
