/** What a runtime is told first. */
export interface RuntimeSettings {
  readonly kind: 'settings';
  /** `file:` address of the module that holds the handler. */
  readonly module: string;
  /** Name of the exported handler. */
  readonly handler: string;
  readonly memoryMegabytes: number;
  readonly functionName: string;
  readonly functionArn: string;
}

/** One event to work on. The next one follows when this one is reported on. */
export interface RuntimeInvocation {
  readonly kind: 'invocation';
  readonly requestId: string;
  /** The event as JSON. */
  readonly payload: string;
  /** Milliseconds since 1970 at which the function is stopped. */
  readonly deadline: number;
}

/** Why an invocation failed, in the words and the shape of Lambda. */
export interface InvocationFailure {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** What a runtime reports. */
export type RuntimeReport =
  | { readonly kind: 'ready' }
  | { readonly kind: 'unloadable'; readonly failure: InvocationFailure }
  /** `payload` is the handler's answer as JSON. */
  | { readonly kind: 'answer'; readonly payload: string }
  | { readonly kind: 'failure'; readonly failure: InvocationFailure }
  /** An error that nothing caught: the process does not go on. */
  | { readonly kind: 'crash'; readonly failure: InvocationFailure };
