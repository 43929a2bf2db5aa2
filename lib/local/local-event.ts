/** What happens on the local machine, for whoever shows or records it. */
export type LocalEvent =
  /** One line that a function wrote, as CloudWatch would keep it. */
  | { readonly kind: 'log'; readonly functionName: string; readonly requestId: string; readonly line: string }
  /** One finished invocation; `error` is Lambda's own text of what went wrong. */
  | { readonly kind: 'invocation'; readonly functionName: string; readonly requestId: string; readonly milliseconds: number; readonly error: string | undefined }
  | { readonly kind: 'request'; readonly method: string; readonly path: string; readonly status: number; readonly milliseconds: number }
  /** Something that AWS would write to a service's own log: a configuration fault, a poll that failed. */
  | { readonly kind: 'fault'; readonly source: string; readonly message: string };

export type LocalLog = (event: LocalEvent) => void;
