/** How often a message is delivered before it goes to the dead-letter queue: read by the stack and by the functions. */
export const TRIES = { depot: 10, matching: 5, ledger: 5, validation: 5, exports: 3, retries: 5, notices: 5 } as const;
