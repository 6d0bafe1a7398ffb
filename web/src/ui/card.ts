/** A plane with an edge that holds what belongs together. */
export const cardClass = "rounded-card border border-line bg-raised";
