title = "One item at a time, from a counter"
unit = "milliseconds"
until = 380
@timeline
