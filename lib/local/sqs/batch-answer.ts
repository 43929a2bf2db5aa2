import * as z from 'zod';

const Answer = z.object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string().min(1) })).nullish() }).nullish();

/**
 * Which messages of a batch succeeded, by message id, as Lambda reads a partial batch answer:
 * an answer that breaks the format or names an unknown message means that the whole batch failed.
 */
export function succeededMessages(messageIds: readonly string[], payload: string): readonly string[] {
  const answer = Answer.safeParse(JSON.parse(payload));
  if (!answer.success) return [];
  const failed = new Set((answer.data?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier));
  if ([...failed].some((id) => !messageIds.includes(id))) return [];
  return messageIds.filter((id) => !failed.has(id));
}
