/** A running stand-in for DynamoDB. */
export interface TableService {
  readonly url: string;
  stop(): Promise<void>;
}
