// Draws each currency's days as columns. The numbers come from the page's own table, which says the same without a picture.
'use strict';

const DAY = 86_400_000;
const charts = [];

function token(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function daysBetween(from, to) {
  const days = [];
  for (let time = Date.parse(from); time <= Date.parse(to); time += DAY) {
    days.push(new Date(time).toISOString().slice(0, 10));
  }
  return days;
}

function amounts(currency, days) {
  const byDay = new Map();
  for (const row of document.querySelectorAll(`tr[data-day][data-currency="${currency}"]`)) {
    byDay.set(row.dataset.day, row.dataset);
  }
  const of = (name, sign) => days.map((day) => sign * Number(byDay.get(day)?.[name] ?? 0));
  return { gross: of('gross', 1), refunds: of('refunds', -1) };
}

function colours(chart) {
  const [gross, refunds] = chart.data.datasets;
  gross.backgroundColor = token('--chart-sales');
  refunds.backgroundColor = token('--chart-refunds');
  for (const axis of Object.values(chart.options.scales)) {
    axis.ticks.color = token('--muted');
    axis.grid.color = token('--line');
  }
  chart.options.plugins.legend.labels.color = token('--muted');
}

function draw(canvas) {
  const { currency, from, to, gross, refunds } = canvas.dataset;
  const language = document.documentElement.lang;
  const days = daysBetween(from, to);
  const values = amounts(currency, days);
  const money = new Intl.NumberFormat(language, { style: 'currency', currency });
  const short = new Intl.NumberFormat(language, { style: 'currency', currency, notation: 'compact', maximumFractionDigits: 1 });
  const date = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const label = (day) => date.format(new Date(day));
  const column = { stack: 'day', borderRadius: 3, maxBarThickness: 22 };
  const chart = new Chart(canvas, {
    type: 'bar',
    data: {
      labels: days,
      datasets: [
        { ...column, label: gross, data: values.gross },
        { ...column, label: refunds, data: values.refunds },
      ],
    },
    options: {
      responsive: true,
      maintainAspectRatio: false,
      animation: matchMedia('(prefers-reduced-motion: reduce)').matches ? false : { duration: 350 },
      interaction: { mode: 'index', intersect: false },
      scales: {
        x: { stacked: true, grid: { display: false }, ticks: { maxRotation: 0, autoSkipPadding: 16, callback: (i) => label(days[i]) } },
        y: { stacked: true, grid: {}, border: { display: false }, ticks: { maxTicksLimit: 5, callback: (value) => short.format(value) } },
      },
      plugins: {
        legend: { align: 'end', labels: { boxWidth: 10, boxHeight: 10, useBorderRadius: true, borderRadius: 3 } },
        tooltip: { callbacks: { title: (items) => label(items[0].label), label: (item) => ` ${item.dataset.label} ${money.format(item.raw)}` } },
      },
    },
  });
  colours(chart);
  chart.update('none');
  charts.push(chart);
}

document.querySelectorAll('canvas[data-currency]').forEach(draw);

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
  for (const chart of charts) {
    colours(chart);
    chart.update('none');
  }
});
