import dev.jeton.torch.*;
import dev.jeton.nn.*;
import dev.jeton.nn.distributions.*;
import dev.jeton.data.*;
import dev.jeton.train.*;
import dev.jeton.models.vae.*;
import dev.jeton.models.vq.*;
import java.nio.file.Path;
