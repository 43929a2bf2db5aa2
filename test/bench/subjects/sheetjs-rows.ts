import { readFileSync } from 'node:fs';
import { read, utils } from 'xlsx';

/** Reads the rows of a workbook with SheetJS, in its fastest way. */
const [, , path = ''] = process.argv;
const workbook = read(readFileSync(path), { dense: true, raw: true, cellHTML: false, cellFormula: false, nodim: true });
const sheet = workbook.Sheets[workbook.SheetNames[0] ?? ''];
console.log(sheet === undefined ? 0 : utils.sheet_to_json(sheet, { header: 1, raw: true, blankrows: false }).length);
