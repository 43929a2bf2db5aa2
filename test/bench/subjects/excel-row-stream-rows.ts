import { parseExcelRows } from 'excel-row-stream';

/** Streams the rows of a workbook with excel-row-stream. */
const [, , path = ''] = process.argv;
let rows = 0;
await parseExcelRows({
  file: path,
  matchSheet: /./u,
  onRow: () => {
    rows += 1;
  },
});
console.log(rows);
