import { render } from 'preact';
import { App } from './app.tsx';
import { loadRun } from './run.ts';
import './style/page.css';

void loadRun().then((run) => {
  const root = document.getElementById('page');
  if (root !== null) render(<App run={run} />, root);
});
