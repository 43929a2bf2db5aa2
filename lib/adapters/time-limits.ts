/**
 * How long a client waits for a service that answers in milliseconds, in milliseconds. Without it a connection that died without a word holds a worker until its
 * own end. An attempt that runs out of time is made again.
 */
export const SHORT_ANSWERS = { connectionTimeout: 2_000, requestTimeout: 5_000, throwOnRequestTimeout: true } as const;

/** The same where bytes flow for as long as there are any: only a silence has an end. */
export const LONG_ANSWERS = { connectionTimeout: 2_000, socketTimeout: 20_000 } as const;
