import type { APIGatewayProxyResult, Context } from 'aws-lambda';
import type { Caller } from '../../lib/core/user.ts';

/** What a function for a route is asked. */
export interface Asked {
  /** Absent where the stage opened the route. */
  readonly caller?: Caller | undefined;
  readonly id?: number | string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** An answer as a test looks at it: `next` is the cursor of the `Link` header. */
export interface Given {
  readonly status: number;
  readonly body: unknown;
  readonly next: string | undefined;
}

const context: Context = {
  callbackWaitsForEmptyEventLoop: false,
  functionName: 'under-test',
  functionVersion: '1',
  invokedFunctionArn: 'arn:aws:lambda:eu-west-3:000000000000:function:under-test',
  memoryLimitInMB: '1024',
  awsRequestId: 'request',
  logGroupName: 'log',
  logStreamName: 'stream',
  getRemainingTimeInMillis: () => 10_000,
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
};

/** Calls a function as API Gateway calls it, after its authorizer. */
export async function invoke(handler: (event: unknown, context: Context) => Promise<APIGatewayProxyResult>, { caller, id, query, body }: Asked = {}): Promise<Given> {
  const answer = await handler(
    {
      path: '/x',
      headers: { host: 'api.test', 'content-type': 'application/json' },
      pathParameters: id === undefined ? null : { id: String(id) },
      queryStringParameters: query ?? null,
      body: body === undefined ? null : JSON.stringify(body),
      isBase64Encoded: false,
      requestContext: { path: '/v1/x', ...(caller && { authorizer: { username: caller.username, groups: caller.groups.join(',') } }) },
    },
    context,
  );
  const parsed: unknown = answer.body === '' ? undefined : JSON.parse(answer.body);
  return { status: answer.statusCode, body: parsed, next: /[?&]cursor=(\d+)/u.exec(String(answer.headers?.['link'] ?? ''))?.[1] };
}
