/** How a customer is served (seed 0's flow may ask). What another book wrote may be something else, and stays. */
export const tiers = ["standard", "silver", "gold"] as const;
