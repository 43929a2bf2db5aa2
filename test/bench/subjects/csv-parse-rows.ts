import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';

/** Streams the rows of a csv with the csv-parse package. */
const [, , path = ''] = process.argv;
let rows = 0;
for await (const _row of createReadStream(path).pipe(parse({ bom: true, relax_column_count: true }))) rows += 1;
console.log(rows);
