title = "To start something that does nothing, and to wait for it"
unit = "microseconds"
@bars
