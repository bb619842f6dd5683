const step = (name, ms, fail) => new Promise((resolve, reject) => setTimeout(() => (fail ? reject(new Error(`${name} failed`)) : resolve(name)), ms));
step('one', 10).then((v) => { console.log(v); return step('two', 10); }).then((v) => { console.log(v); throw new Error('stop'); }).catch((e) => { console.log('caught', e.message); return 'recovered'; }).finally(() => console.log('finally')).then(console.log);
(async () => {
  await step('later', 500);
  const results = await Promise.allSettled([step('a', 130), step('b', 50, true)]);
  console.log(results.map((r) => r.status + ':' + (r.value ?? r.reason.message)));
  try { await Promise.all([step('c', 50), step('d', 5, true)]); } catch (e) { console.log(e.message); }
  console.log(await Promise.race([step('slow', 300), step('fast', 5)]));
})();
