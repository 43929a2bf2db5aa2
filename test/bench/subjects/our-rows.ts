import { openRows } from '../../../lib/files/open-rows.ts';

/** Streams the rows of a file as texts. */
const [, , path = ''] = process.argv;
let rows = 0;
for await (const batch of (await openRows({ kind: 'path', path })).batches) rows += batch.length;
console.log(rows);
