import { DuckDBInstance } from '@duckdb/node-api';
import { FULL_OUTER_JOIN } from '../full-outer-join.ts';

/** Classifies a statement and a ledger with DuckDB; prints the count of each class. */
const [, , statement = '', ledger = '', from = '', until = ''] = process.argv;
const database = await DuckDBInstance.create(':memory:', { threads: '2' });
const connection = await database.connect();
const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
const sql = FULL_OUTER_JOIN.replaceAll('$statement', quoted(statement)).replaceAll('$ledger', quoted(ledger)).replaceAll('$from', quoted(from)).replaceAll('$until', quoted(until));
const rows = (await connection.runAndReadAll(sql)).getRowObjectsJson();
console.log(JSON.stringify(Object.fromEntries(rows.map(({ class: name, n }) => [name, Number(n)]))));
