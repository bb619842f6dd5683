class Config:
    def __init__(self):
        self.database = "x"
print(Config().databse)
