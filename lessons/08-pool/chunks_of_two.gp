title = "Two items at a time, from a counter"
unit = "milliseconds"
until = 380
@timeline
