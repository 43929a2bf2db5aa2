import * as z from 'zod';

const batch = z.looseObject({
  RequestItems: z.record(z.string(), z.union([z.array(z.unknown()), z.looseObject({ Keys: z.array(z.unknown()) })])),
});
type Batch = z.infer<typeof batch>;
const answered = z.looseObject({});

/** A batch to DynamoDB cut in two: what it does now, and what it gives back. */
export function halved(body: Buffer): { readonly kept: Buffer; readonly left: Batch['RequestItems'] } {
  const { RequestItems, ...rest } = batch.parse(JSON.parse(body.toString('utf8')));
  const kept: Batch['RequestItems'] = {};
  const left: Batch['RequestItems'] = {};
  for (const [table, items] of Object.entries(RequestItems)) {
    const whole = Array.isArray(items) ? items : items.Keys;
    const middle = Math.ceil(whole.length / 2);
    const part = (some: readonly unknown[]) => (Array.isArray(items) ? [...some] : { ...items, Keys: [...some] });
    kept[table] = part(whole.slice(0, middle));
    if (middle < whole.length) left[table] = part(whole.slice(middle));
  }
  return { kept: Buffer.from(JSON.stringify({ ...rest, RequestItems: kept })), left };
}

/** The answer of the first half with the second as not processed. */
export function givenBack<Answer extends { readonly headers: Readonly<Record<string, string>>; readonly body: Buffer }>(answer: Answer, left: Batch['RequestItems']): Answer {
  const value = answered.parse(JSON.parse(answer.body.toString('utf8')));
  const reads = Object.values(left).some((items) => !Array.isArray(items));
  const body = Buffer.from(JSON.stringify({ ...value, [reads || 'Responses' in value ? 'UnprocessedKeys' : 'UnprocessedItems']: left }));
  const { 'x-amz-crc32': _, ...headers } = answer.headers;
  return { ...answer, body, headers: { ...headers, 'content-length': String(body.length) } };
}
