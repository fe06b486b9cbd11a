import { checkDocker } from './docker.ts';
import { checkKernel, checkNode } from './machine.ts';
import { checkNamespaces } from './namespaces.ts';
import { renderFinding, type Finding } from './finding.ts';
import { checkTools } from './tools.ts';
import { checkTracepoint } from './tracepoint.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { t } from '../language.ts';
import { remark, tell } from '../process.ts';
import { abortOnSignals } from '../process.ts';
import { styleFor } from '../../present/terminal/style.ts';

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
    remark(`lab: ${t('interrupted')}`);
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
  for (const finding of findings) tell(renderFinding(finding, style));
  const backends = [...(docker.ok ? ['docker'] : []), ...(namespaces.ok ? ['netns'] : [])];
  tell(
    '',
    backends.length > 0
      ? t('Labs run here on: {backends}', { backends: backends.join(', ') })
      : t('No lab can run here yet: fix what either Docker or namespaces need'),
  );
  return backends.length > 0 ? EXIT.passed : EXIT.unable;
}
