/** Messages of the lines whose numbers the dashboard shows: the template looks for them in the logs. */
export const BUSINESS_LINES = {
  /** Of match-statement, at each statement that was matched. */
  matched: 'statement matched',
  /** Of measure-workload, each quarter of an hour. */
  workload: 'workload',
} as const;
