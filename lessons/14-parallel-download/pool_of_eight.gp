title = "Ten images, a pool of eight"
unit = "milliseconds"
until = 1100
@timeline
