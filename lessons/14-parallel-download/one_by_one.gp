title = "Ten images, one after the other"
unit = "milliseconds"
until = 1100
@timeline
