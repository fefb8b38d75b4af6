/** An object identifier in dot notation (X.660): arcs 0 to 2, no leading zeros. */
export const OID = /^[0-2](\.(0|[1-9]\d{0,38})){1,127}$/;
