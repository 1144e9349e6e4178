package dev.jeton.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AxisTest {
    @Test
    void marksRoundNumbers() {
        assertThat(labels(Axis.linear(0, 1000), 6)).containsExactly("0", "200", "400", "600", "800", "1,000");
        assertThat(labels(Axis.linear(0.13, 0.47), 5)).containsExactly("0.2", "0.3", "0.4");
        assertThat(labels(Axis.linear(-1, 1), 4)).containsExactly("-1", "-0.5", "0", "0.5", "1");
    }

    @Test
    void showsRatiosWhereValuesSpanDecades() {
        Axis axis = Axis.fitting(1e-4, 1);
        assertThat(labels(axis, 4)).containsExactly("0.0001", "0.001", "0.01", "0.1", "1");
        assertThat(axis.place(0.01)).isEqualTo(0.5);
    }

    @Test
    void hasRoomForASingleValue() {
        assertThat(Axis.linear(3, 3).place(3)).isEqualTo(0.5);
        assertThat(Axis.linear(0, 0).place(0)).isEqualTo(0.5);
    }

    private static List<String> labels(Axis axis, int about) {
        return axis.ticks(about).stream().map(Axis::label).toList();
    }
}
