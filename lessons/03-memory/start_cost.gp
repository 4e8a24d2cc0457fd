title = "To start something, and to wait for its end"
unit = "microseconds"
@bars
