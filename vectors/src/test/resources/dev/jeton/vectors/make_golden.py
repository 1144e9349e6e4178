"""Makes the small files of vectors beside this script: with gensim 4.2.0 and fastText 0.9.2 (both Debian 12's).

    python3 make_golden.py
"""

import os
import subprocess
import tempfile

import numpy as np
from gensim.models import KeyedVectors

FOLDER = os.path.dirname(os.path.abspath(__file__))


def path(name):
    return os.path.join(FOLDER, name)


def gensim_files():
    words = ["the", "café", "東京", "new_york", "d'accord"]
    vectors = KeyedVectors(vector_size=3)
    values = [[0.5, -1.25, 3e-5], [1, 2, 3], [-0.1, 0.2, 1e10], [7, 0, -7], [0.333333343, 1e-8, 42]]
    vectors.add_vectors(words, np.array(values, dtype=np.float32))
    vectors.save_word2vec_format(path("gensim.vec"), binary=False)
    vectors.save_word2vec_format(path("gensim.bin"), binary=True)


def fasttext_files():
    sentences = "a rose is a rose is a rose\nla rose est une rose\nroses bloom in the café\n" * 20
    with tempfile.TemporaryDirectory() as folder:
        text = os.path.join(folder, "text")
        with open(text, "w", encoding="utf-8") as file:
            file.write(sentences)
        # ten threads, since each starts a tenth of the vectors: with fewer the rest would stay zero
        subprocess.run(
            ["fasttext", "skipgram", "-input", text, "-output", os.path.join(folder, "m"), "-dim", "4", "-bucket", "50",
             "-minn", "2", "-maxn", "4", "-minCount", "1", "-epoch", "2", "-thread", "10"],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.replace(os.path.join(folder, "m.bin"), path("fasttext.bin"))
        os.replace(os.path.join(folder, "m.vec"), path("fasttext.vec"))
    asked = "rose\ncafé\nroseraie\nunseen\n"
    answers = subprocess.run(
        ["fasttext", "print-word-vectors", path("fasttext.bin")],
        input=asked, capture_output=True, text=True, check=True).stdout
    with open(path("fasttext-answers.txt"), "w", encoding="utf-8") as file:
        file.write(answers)


if __name__ == "__main__":
    gensim_files()
    fasttext_files()
