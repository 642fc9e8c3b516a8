// Draws the charts of a simulation's page from the figures in it.
(() => {
  "use strict";
  const page = JSON.parse(document.getElementById("figures").textContent);
  const colours = ["#2563eb", "#ea580c", "#16a34a", "#7e22ce", "#be123c", "#0f766e", "#a16207", "#475569"];
  Chart.defaults.font.family = "system-ui, sans-serif";
  Chart.defaults.animation = false;
  Chart.defaults.maintainAspectRatio = false;
  const number = new Intl.NumberFormat(page.language, {maximumFractionDigits: 1});
  const axis = (text) => ({title: {display: true, text}, beginAtZero: true});

  const histogram = (id, figures, limit, label) => {
    const place = document.getElementById(id);
    if (!place) return;
    const width = figures.width_days;
    const starts = figures.counts.map((_, i) => i * width);
    const late = (start) => limit !== null && start + width / 2 > limit;
    new Chart(place, {
      type: "bar",
      data: {
        labels: starts.map((start, i) => i + 1 === starts.length && starts.length > 1
          ? "≥ " + number.format(start) : number.format(start)),
        datasets: [{
          data: figures.counts, categoryPercentage: 1, barPercentage: 0.95,
          backgroundColor: starts.map((start) => late(start) ? "#dc2626" : "#2563eb")}]},
      options: {
        plugins: {legend: {display: false}},
        scales: {
          x: {...axis(label), ticks: {maxTicksLimit: 14, maxRotation: 0}}, y: axis(page.words.dossiers)}}});
  };

  const lines = (id, key, label) => {
    const place = document.getElementById(id);
    if (!place || !page.roles.length) return;
    const longest = Math.max(...page.roles.map((role) => role[key].means.length * role[key].width_hours));
    const width = Math.max(...page.roles.map((role) => role[key].width_hours));
    const count = Math.ceil(longest / width);
    const means = (of) => {
      const step = width / of.width_hours;
      return Array.from({length: count}, (_, i) => {
        let sum = 0;
        for (let k = 0; k < step; ++k) sum += of.means[i * step + k] ?? 0;
        return sum / step;
      });
    };
    const dates = page.dates;
    new Chart(place, {
      type: "line",
      data: {
        labels: Array.from({length: count}, (_, i) =>
          dates.list[Math.min(dates.list.length - 1, Math.floor(i * width / dates.width_hours))] ?? ""),
        datasets: page.roles.map((role, i) => ({
          label: role.title, data: means(role[key]), borderColor: colours[i % colours.length],
          backgroundColor: colours[i % colours.length], pointRadius: 0, borderWidth: 1.8, tension: 0.2}))},
      options: {
        interaction: {mode: "index", intersect: false},
        plugins: {legend: {position: "bottom"}},
        scales: {x: {ticks: {maxTicksLimit: window.innerWidth < 600 ? 4 : 8, maxRotation: 0}}, y: axis(label)}}});
  };

  histogram("lead", page.lead, null, page.words.days);
  page.clocks.forEach((clock, i) => histogram("clock" + i, clock.histogram, clock.limit_days, page.words.used));
  lines("queue", "queue", page.words.queue);
  lines("busy", "busy", page.words.busy);
  document.documentElement.dataset.charts = String(Object.keys(Chart.instances).length);
})();
