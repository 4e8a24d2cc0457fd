title = "Four items for each, fixed in advance"
unit = "milliseconds"
until = 380
@timeline
