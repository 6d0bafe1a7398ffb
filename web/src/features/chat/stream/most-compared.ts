/** How many models can answer one question at once. */
export const mostCompared = 4;
