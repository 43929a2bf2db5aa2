import { startDynalite } from '../../adapters/dynamodb/dynalite.ts';

/** DynamoDB's stand-in in a process of its own, so that its memory is not taken for the function's. Prints its address. */
const { url } = await startDynalite();
console.log(url);
