package dev.jeton.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.jeton.torch.Scope;
import dev.jeton.torch.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    @Test
    void schedulesAreThoseOfPyTorch() {
        // 50 steps of a base rate of 0.5; the settings are those that the numbers show
        Map<String, Schedule> schedules = Map.of(
                "cosine", Schedule.cosine(0.5, 0.001, 50),
                "step", Schedule.step(0.5, 0.5, 10),
                "onecycle", Schedule.oneCycle(1, 60),
                "linear", Schedule.linear(0.05, 0.5, 20));
        try (var _ = Scope.open()) {
            Map<String, Tensor> golden =
                    Safetensors.read(Shared.folder("golden/torch").resolve("schedules.safetensors"));
            assertThat(golden.keySet()).isEqualTo(schedules.keySet());
            golden.forEach((name, tensor) -> {
                double[] expected = tensor.toDoubles();
                for (int step = 0; step < expected.length; step++) {
                    assertThat(schedules.get(name).at(step))
                            .as("%s at step %d", name, step)
                            .isCloseTo(expected[step], within(1e-12));
                }
            });
        }
    }

    @Test
    void aWarmUpRisesToTheFirstValue() {
        Schedule schedule = Schedule.cosine(1, 0, 100).withWarmUp(10);
        assertThat(schedule.at(0)).isZero();
        assertThat(schedule.at(5)).isEqualTo(0.5);
        assertThat(schedule.at(10)).isEqualTo(1);
        assertThat(schedule.at(60)).isCloseTo(0.5, within(1e-12));
        assertThat(schedule.at(110)).isZero();
        assertThat(schedule.at(1_000_000)).isZero();
    }

    @Test
    void noamPeaksWhereTheWarmUpEnds() {
        Schedule schedule = Schedule.noam(512, 4000);
        // 512^-0.5 · 4000^-0.5 = 6.9877e-4
        assertThat(schedule.at(3999)).isCloseTo(1 / Math.sqrt(512 * 4000.0), within(1e-15));
        assertThat(schedule.at(3998)).isLessThan(schedule.at(3999));
        assertThat(schedule.at(4000)).isLessThan(schedule.at(3999));
        assertThat(schedule.at(0)).isCloseTo(schedule.at(3999) / 4000, within(1e-15));
    }

    @Test
    void constantsStay() {
        assertThat(Schedule.constant(0.1).at(123)).isEqualTo(0.1);
        assertThat(Schedule.constant(0.1).withWarmUp(4).at(1)).isEqualTo(0.025);
    }

    @Test
    void stepsMustBePositive() {
        assertThatThrownBy(() -> Schedule.linear(1, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Schedule.oneCycle(1, 3)).isInstanceOf(IllegalArgumentException.class);
    }
}
