import { explain } from './errors.ts';
import { EXIT, gravest, type ExitCode } from './exit-codes.ts';
import { checkLanguage, t, takeLanguage } from './language.ts';
import { buildCommands } from './commands.ts';
import { exitStatus, flushed, isGone, onBrokenOutput, remark } from './process.ts';

/** Why what we have said on stdout has not got there: a full disk, for one. */
let lost: NodeJS.ErrnoException | undefined;
onBrokenOutput((stream, error) => {
  if (stream === 'stdout' && !isGone(error)) lost ??= error;
});

const code = await main();
await flushed(process.stdout);
if (lost !== undefined)
  remark(`lab: ${t('stdout cannot be written to ({code})', { code: lost.code ?? lost.message })}`);
await flushed(process.stderr);
// All work is over: connections that are kept open for more (Docker's) must not keep us.
process.exit(exitStatus(lost === undefined ? code : gravest([code, EXIT.unable])));

async function main(): Promise<ExitCode> {
  let code: ExitCode = EXIT.passed;
  try {
    const { asked, rest } = takeLanguage(process.argv);
    checkLanguage(asked);
    const program = buildCommands((result) => {
      code = result;
    });
    await program.parseAsync(rest);
    return code;
  } catch (error) {
    const { code, text } = explain(error, t);
    if (text !== '') remark(`lab: ${text}`);
    return code;
  }
}
