title = "Waiting for the one started first"
unit = "milliseconds"
@timeline
