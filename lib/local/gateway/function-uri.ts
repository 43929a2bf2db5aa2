import type { LocalFunction } from '../lambda/local-function.ts';

/**
 * The function behind an address such as `arn:aws:apigateway:<region>:lambda:path/2015-03-31/functions/<function ARN>/invocations`.
 * @throws Error if the address is another one, or no such function exists.
 */
export function functionBehind(uri: string, functions: ReadonlyMap<string, LocalFunction>): LocalFunction {
  const functionArn = /^arn:[^:]+:apigateway:[^:]+:lambda:path\/[\d-]+\/functions\/(.+)\/invocations$/.exec(uri)?.[1];
  const found = functionArn === undefined ? undefined : functions.get(functionArn);
  if (found === undefined) throw new Error(`no function stands behind ${uri}`);
  return found;
}
