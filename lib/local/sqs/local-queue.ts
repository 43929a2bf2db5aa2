/** A queue that stands. */
export interface LocalQueue {
  readonly url: string;
  readonly arn: string;
  readonly visibilitySeconds: number;
}
