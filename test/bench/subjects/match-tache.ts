import { matchWork } from '../cloud-work.ts';

const [, , ledger = '', registry = '', path = '', start = '', end = '', folder = ''] = process.argv;
console.log(JSON.stringify(await matchWork({ ledger, registry }, path, { start, end }, folder)));
