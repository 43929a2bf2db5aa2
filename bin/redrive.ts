import { sqsDeadLetters } from '../lib/adapters/sqs/dead-letters.ts';
import { UsageError } from '../lib/cli/command-line.ts';
import { REDRIVE_USAGE, readRedriveCall, redrive } from '../lib/cli/redrive.ts';

const EXIT_NOTHING = 1;
const EXIT_USAGE = 2;

async function main(words: readonly string[]): Promise<number> {
  if (words.includes('--help') || words.includes('-h')) {
    console.log(REDRIVE_USAGE);
    return 0;
  }
  try {
    return (await redrive(sqsDeadLetters(), readRedriveCall(words), (line) => console.log(line))) ? 0 : EXIT_NOTHING;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}\n\n${REDRIVE_USAGE}`);
    return EXIT_USAGE;
  }
}

process.exitCode = await main(process.argv.slice(2));
