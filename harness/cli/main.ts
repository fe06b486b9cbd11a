import { explain } from './errors.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { checkLanguage, t, takeLanguage } from './language.ts';
import { buildProgram } from './program.ts';
import { flushed, onBrokenOutput } from './process.ts';

// Whoever read our output has gone: that is no error of ours (`| head`).
onBrokenOutput(() => undefined);

const code = await main();
await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
// All work is over: connections that are kept open for more (Docker's) must not keep us.
process.exit(code);

async function main(): Promise<ExitCode> {
  let code: ExitCode = EXIT.passed;
  try {
    const { asked, rest } = takeLanguage(process.argv);
    checkLanguage(asked);
    const program = buildProgram((result) => {
      code = result;
    });
    await program.parseAsync(rest);
    return code;
  } catch (error) {
    const { code, text } = explain(error, t);
    if (text !== '') process.stderr.write(`lab: ${text}\n`);
    return code;
  }
}
