import { masked } from './masked.ts';

/** What a log line tells of an error. */
export interface DescribedError {
  readonly name: string;
  readonly message?: string;
  /** Of a service. */
  readonly status?: number;
  readonly requestId?: string;
  /** Where it was thrown, without its message. */
  readonly stack?: readonly string[];
  readonly cause?: DescribedError;
}

const MOST_FRAMES = 20;
const MOST_CAUSES = 3;

/**
 * An error without what it may quote. Node repeats the text it could not parse, schemas name the fields they found, Cognito the value it refused: of errors that are
 * not plainly ours or a service's only name and place are told, and in messages of services what stands in quotes is left out.
 */
export function describedError(error: unknown, causes = MOST_CAUSES): DescribedError {
  if (!(error instanceof Error)) return { name: `not an error: ${typeof error}` };
  const metadata = serviceMetadata(error);
  return {
    name: masked(error.name),
    ...(metadata === undefined ? isOurs(error) && { message: masked(error.message) } : { message: masked(withoutQuotes(error.message)), ...metadata }),
    stack: framesOf(error),
    ...(error.cause !== undefined && causes > 0 && { cause: describedError(error.cause, causes - 1) }),
  };
}

/** Our own code throws plain errors, whose texts hold numbers and words of ours. */
function isOurs(error: Error): boolean {
  return error.constructor === Error && !('code' in error);
}

function serviceMetadata(error: Error): { readonly status?: number; readonly requestId?: string } | undefined {
  if (!('$metadata' in error) || typeof error.$metadata !== 'object' || error.$metadata === null) return undefined;
  const { $metadata } = error;
  return {
    ...('httpStatusCode' in $metadata && typeof $metadata.httpStatusCode === 'number' && { status: $metadata.httpStatusCode }),
    ...('requestId' in $metadata && typeof $metadata.requestId === 'string' && { requestId: masked($metadata.requestId) }),
  };
}

function withoutQuotes(text: string): string {
  return text.replaceAll(/'[^']*'|"[^"]*"/gu, '…');
}

/** The lines of the stack that name places: the message, which may have lines of its own, comes before them. */
function framesOf({ stack = '' }: Error): readonly string[] {
  return stack
    .split('\n')
    .filter((line) => /^\s+at .+(?::\d+:\d+\)?|\(<anonymous>\)|native)$/u.test(line))
    .slice(0, MOST_FRAMES)
    .map((line) => masked(withoutFolders(line.trim())));
}

/** Where somebody keeps the code says nothing of the error, and a long path reads like a secret. */
function withoutFolders(frame: string): string {
  return frame.replace(/(?<=^at |^at async |\()(?:file:\/\/)?(?:[A-Z]:)?[/\\][^():]*[/\\](?=[^/\\():]+:\d+:\d+)/u, '');
}
