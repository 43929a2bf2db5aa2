/** Does some work for each item, so many at a time, and gives what came of it in the order of the items. The first failure ends it. */
export async function atOnce<Item, Result>(items: readonly Item[], limit: number, work: (item: Item) => Promise<Result>): Promise<readonly Result[]> {
  const results: Result[] = [];
  const waiting = items.entries();
  const worker = async () => {
    for (const [index, item] of waiting) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return results;
}
