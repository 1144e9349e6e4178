package dev.jeton.train;

import dev.jeton.train.Curve.Point;
import dev.jeton.train.Measurement.Phase;
import dev.jeton.train.TrainResult.Ending;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The report of a run: what was run, its last numbers, its curves, and what the task adds. */
final class RunReport {
    private RunReport() {}

    static void write(RunFolder folder, TrainingTask<?> task, Ending ending) {
        List<Measurement> all = folder.measurements();
        Report report = Report.titled(task.model().getClass().getSimpleName() + " · "
                + folder.path().toAbsolutePath().getFileName());
        summary(report.section("The run"), all, task, ending);
        task.report(report);
        curves(report, all);
        configuration(report.section("Configuration"), folder);
        report.write(folder.reportFile());
    }

    private static void summary(Report.Section section, List<Measurement> all, TrainingTask<?> task, Ending ending) {
        long step = all.isEmpty() ? 0 : all.getLast().step();
        double epoch = all.isEmpty() ? 0 : all.getLast().epoch();
        section.text("%s after %,d steps%s. %,d parameters."
                .formatted(
                        switch (ending) {
                            case FINISHED -> "Finished";
                            case STOPPED_EARLY -> "Stopped early";
                            case INTERRUPTED -> "Interrupted";
                        },
                        step,
                        epoch < 0.01 ? "" : ", %.2f epochs".formatted(epoch), // an endless source has none
                        task.model().parameterCount()));
        List<List<String>> rows = new ArrayList<>();
        for (Phase phase : Phase.values()) {
            all.reversed().stream()
                    .filter(measurement -> measurement.phase() == phase)
                    .findFirst()
                    .ifPresent(last -> last.values()
                            .forEach(
                                    (name, value) -> rows.add(List.of(phase.label(), name, StatusText.number(value)))));
        }
        section.table(List.of("phase", "metric", "last"), rows);
    }

    private static void curves(Report report, List<Measurement> all) {
        Map<String, Map<Phase, List<Point>>> byMetric = new LinkedHashMap<>();
        for (Measurement measurement : all) {
            measurement
                    .values()
                    .forEach((name, value) -> byMetric.computeIfAbsent(name, n -> new LinkedHashMap<>())
                            .computeIfAbsent(measurement.phase(), p -> new ArrayList<>())
                            .add(new Point(measurement.step(), value)));
        }
        if (!byMetric.isEmpty()) {
            Report.Section section = report.section("Curves");
            byMetric.forEach((metric, phases) -> section.curves(
                    metric + " by step",
                    phases.entrySet().stream()
                            .map(phase -> new Curve(phase.getKey().label(), phase.getValue()))
                            .toList()));
        }
    }

    private static void configuration(Report.Section section, RunFolder folder) {
        List<List<String>> rows = new ArrayList<>();
        folder.config().forEach((name, value) -> {
            if (value instanceof Map<?, ?> nested) {
                nested.forEach((inner, of) -> rows.add(List.of(name + "." + inner, String.valueOf(of))));
            } else {
                rows.add(List.of(name, String.valueOf(value)));
            }
        });
        section.table(List.of("setting", "value"), rows);
    }
}
