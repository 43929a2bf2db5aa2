import { createReadStream } from 'node:fs';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Streams the rows of a workbook with excel-row-stream 1.4.2, where somebody has installed it. Prints nothing where it is not there. */
const [, , path = ''] = process.argv;
const name = 'excel-row-stream';
const library = await import(name).catch(() => undefined);
if (library !== undefined) {
  let rows = 0;
  const counting = new Writable({
    objectMode: true,
    write(_row, _encoding, done) {
      rows += 1;
      done();
    },
  });
  await pipeline(createReadStream(path), library.default({ matchSheet: /./u }), counting);
  console.log(rows);
}
