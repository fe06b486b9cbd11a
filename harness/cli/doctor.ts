import { checkDocker } from './doctor/docker.ts';
import { checkKernel, checkNode } from './doctor/machine.ts';
import { checkNamespaces } from './doctor/namespaces.ts';
import { renderFinding, type Finding } from './doctor/finding.ts';
import { checkTools } from './doctor/tools.ts';
import { checkTracepoint } from './doctor/tracepoint.ts';
import { abortOnSignals } from './interrupt.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { t } from './language.ts';
import { styleFor } from '../report/style.ts';

/** `doctor`: what this machine can do, a line each, with the fix beside what is missing. */
export async function doctor(): Promise<ExitCode> {
  const interruption = new AbortController();
  const { signal } = interruption;
  abortOnSignals(interruption);
  const [docker, namespaces, tracepoint, tools] = await Promise.all([
    checkDocker(signal),
    checkNamespaces(signal),
    checkTracepoint(signal),
    checkTools(signal),
  ]);
  if (signal.aborted) {
    console.error(`lab: ${t('interrupted')}`);
    return EXIT.interrupted;
  }
  const findings: Finding[] = [
    checkNode(),
    checkKernel(),
    docker,
    namespaces,
    ...tools,
    tracepoint,
  ];
  const style = styleFor(process.stdout, process.env, t);
  for (const finding of findings) console.log(renderFinding(finding, style));
  const backends = [...(docker.ok ? ['docker'] : []), ...(namespaces.ok ? ['netns'] : [])];
  console.log(
    backends.length > 0
      ? `\n${t('Labs run here on: {backends}', { backends: backends.join(', ') })}`
      : `\n${t('No lab can run here yet: mend what one of Docker and namespaces needs')}`,
  );
  return backends.length > 0 ? EXIT.passed : EXIT.unable;
}
