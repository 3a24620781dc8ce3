# what: the letters are full-width ones, as a Japanese keyboard types them, one with its text
# loses: nothing

# %% choice_1
choice_1 = "Ｄ"

# %% choice_2
choice_2 = "Ｂ．同じ重みでは最初からテスト損失のほうが高い"
