import { importWork } from '../cloud-work.ts';

const [, , table = '', path = ''] = process.argv;
console.log(JSON.stringify(await importWork(table, path)));
