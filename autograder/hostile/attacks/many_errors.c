// Has 200 errors, more than anybody would read.
// levels: A B C
// points: 0
// brings: everything
// says: {module}.c does not compile
// says: undeclared
//
#define ONE(n) int e##n = u##n;
#define TEN(n)                                                                                           \
    ONE(n##0) ONE(n##1) ONE(n##2) ONE(n##3) ONE(n##4) ONE(n##5) ONE(n##6) ONE(n##7) ONE(n##8) ONE(n##9)
#define HUNDRED(n)                                                                                       \
    TEN(n##0) TEN(n##1) TEN(n##2) TEN(n##3) TEN(n##4) TEN(n##5) TEN(n##6) TEN(n##7) TEN(n##8) TEN(n##9)
HUNDRED(1)
HUNDRED(2)
