// Makes the compiler print a command for a CI system where the report breaks its lines.
// levels: A B C
// points: 0
// brings: nothing
// says: The compiler warns
//
#warning                                                                                                 \
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx ::error::forged by the submission"
