declare const brand: unique symbol;

/** A string that a parser has accepted; only the parser of `Name` makes one. */
export type Branded<Name extends string> = string & { readonly [brand]: Name };
